from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import APIView


class Orders(APIView):
    def post(self, request):
        return Response({"error": "slow down"}, status=status.HTTP_429_TOO_MANY_REQUESTS)  # finding: SVC-003
