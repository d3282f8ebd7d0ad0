from aws_cdk import Stack, aws_sqs as sqs


class Shop(Stack):
    def __init__(self, scope, id):
        super().__init__(scope, id)
        parking = sqs.Queue(self, "Parking")  # ok: dead letters go there; mutate: s/queue=parking/queue=other/
        sqs.Queue(self, "Orders", dead_letter_queue=sqs.DeadLetterQueue(max_receive_count=5, queue=parking))  # ok: dead letters have a place
        sqs.Queue(self, "Mail")  # finding: JOB-004 confidence: medium
