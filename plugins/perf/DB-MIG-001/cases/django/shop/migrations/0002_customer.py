from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]
    operations = [migrations.AddField(model_name="order", name="customer", field=models.ForeignKey(to="shop.customer", on_delete=models.CASCADE))]
