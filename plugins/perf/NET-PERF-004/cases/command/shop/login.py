#!/usr/bin/env python3
import sys

import requests


def main():
    print(requests.post("https://accounts.example", data=sys.argv[1:]).text)  # ok: a person waits for it; mutate: s/#!\/usr\/bin\/env python3//


main()
