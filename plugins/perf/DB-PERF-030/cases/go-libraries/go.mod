module shop

go 1.23

require (
	github.com/aws/aws-sdk-go v1.55.5
	github.com/guregu/dynamo/v2 v2.2.1
)
