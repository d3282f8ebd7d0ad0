export async function GET(request: Request) { probe(); }
export const POST = async (request: Request) => { probe(); };
