def menu(request):
    probe()
