import boto3
from aws_lambda_powertools.event_handler import APIGatewayRestResolver

app = APIGatewayRestResolver()


def bedrock(region="us-east-1"):
    return boto3.client("bedrock-runtime", region_name=region)  # finding: LAMBDA-002 confidence: high


def connection(endpoint):
    return boto3.client("apigatewaymanagementapi", endpoint_url=endpoint)  # finding: LAMBDA-002 confidence: low


@app.get("/answers")
def answers():
    return bedrock().invoke_model(modelId="a", body=app.current_event.body)


@app.post("/words")
def words():
    return bedrock("eu-west-1").invoke_model(modelId="a", body="b")


def handler(event, context):
    connection(event["endpoint"]).post_to_connection(ConnectionId=event["id"], Data=b"seen")
    return app.resolve(event, context)


def tenant_session():
    credentials = boto3.client("sts").assume_role(RoleArn="tenant", RoleSessionName="a")["Credentials"]  # finding: LAMBDA-002
    return boto3.Session(aws_access_key_id=credentials["AccessKeyId"], aws_session_token=credentials["SessionToken"])


@app.get("/tenants")
def tenants():
    session = tenant_session()
    return session.client("dynamodb").list_tables()  # finding: LAMBDA-002 confidence: low
