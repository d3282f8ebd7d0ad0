class Settings:
    url = "postgresql://db/shop"


settings = Settings()
