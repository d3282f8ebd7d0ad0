from aws_cdk import Stack
from aws_cdk import aws_dynamodb as dynamodb


class Tables(Stack):
    def __init__(self, scope, id):
        super().__init__(scope, id)
        orders = dynamodb.Table(self, "Orders", partition_key=dynamodb.Attribute(name="month", type=dynamodb.AttributeType.STRING))  # finding: DB-PERF-031
        orders.add_global_secondary_index(
            index_name="byBirthday",
            partition_key=dynamodb.Attribute(name="birth_date", type=dynamodb.AttributeType.STRING),  # ok: a person's own date; mutate: s/birth_date/created_date/
        )
