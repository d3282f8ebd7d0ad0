from fastapi import (
def order(:
