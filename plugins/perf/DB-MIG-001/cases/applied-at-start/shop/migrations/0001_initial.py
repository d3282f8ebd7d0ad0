from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = []
    operations = [migrations.CreateModel("Order", [("id", models.BigAutoField(primary_key=True)), ("title", models.CharField(max_length=40))])]
