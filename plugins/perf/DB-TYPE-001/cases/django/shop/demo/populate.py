from shop.models import UserActivity


def populate(count):
    return UserActivity.objects.bulk_create([UserActivity() for _ in range(count)])
