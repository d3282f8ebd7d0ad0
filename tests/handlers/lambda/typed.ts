import { APIGatewayProxyHandler } from "aws-lambda";
export const list: APIGatewayProxyHandler = async (event) => { probe(); };
