import functions_framework

import thumbs


@functions_framework.http
def hello(request):
    if request.path == "/thumb":
        return thumbs.thumb(request.data)
    return "hello"
