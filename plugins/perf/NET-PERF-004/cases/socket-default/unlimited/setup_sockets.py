import socket

socket.setdefaulttimeout(None)
