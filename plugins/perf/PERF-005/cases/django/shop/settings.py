from azure.identity import DefaultAzureCredential
from azure.keyvault.secrets import SecretClient

vault = SecretClient("https://shop.vault.azure.net", DefaultAzureCredential())
SECRET_KEY = vault.get_secret("django").value  # finding: PERF-005 confidence: medium
INSTALLED_APPS = ["shop"]
