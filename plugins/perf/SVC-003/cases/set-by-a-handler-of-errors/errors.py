def refuse(request, error):
    response = answer(error)
    response.headers["Retry-After"] = "5"
    return response
