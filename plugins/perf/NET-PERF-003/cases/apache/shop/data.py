from flask import jsonify


def total(number):
    return number
