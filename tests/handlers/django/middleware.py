class Check:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        probe()


def timing(get_response):
    def middleware(request):
        probe()

    return middleware
