EMAIL_BACKEND = "djcelery_email.backends.CeleryEmailBackend"
