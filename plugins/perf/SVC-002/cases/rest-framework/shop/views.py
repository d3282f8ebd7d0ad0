from rest_framework.views import APIView


class Orders(APIView):
    def post(self, request):
        return None
