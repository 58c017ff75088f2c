"""One module per CloudFormation stack."""
