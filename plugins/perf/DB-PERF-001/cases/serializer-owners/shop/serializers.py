from rest_framework import serializers

from shop.models import Profile


class ProfileSerializer(serializers.ModelSerializer):
    class Meta:
        model = Profile
        fields = ["code", "is_free", "plan_name", "monthly"]


class BilledSerializer(serializers.ModelSerializer):
    class Meta:
        model = Profile
        fields = ["code", "newest_bill"]


class TwiceSerializer(serializers.ModelSerializer):
    plan = serializers.SerializerMethodField()
    price = serializers.SerializerMethodField()

    class Meta:
        model = Profile
        fields = ["plan", "price"]

    def get_plan(self, profile):
        return profile.plan.name  # finding: DB-PERF-001

    def get_price(self, profile):
        return profile.plan.price  # ok: one query with the relation mends both; mutate: s/return profile.plan.name/return profile.code/
