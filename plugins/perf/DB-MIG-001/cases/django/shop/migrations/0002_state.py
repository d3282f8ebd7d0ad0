from django.db import migrations


class Migration(migrations.Migration):  # finding: DB-MIG-001 confidence: high
    dependencies = [("shop", "0001_initial")]
    operations = []
