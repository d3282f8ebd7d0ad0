from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = []
    operations = [
        migrations.CreateModel(name="Order", fields=[("number", models.IntegerField())]),
        migrations.CreateModel(name="Customer", fields=[("title", models.TextField())]),
    ]
