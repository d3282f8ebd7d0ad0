from slowapi import Limiter
