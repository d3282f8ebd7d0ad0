import socket

socket.setdefaulttimeout(5)
