from django.db import models


class Person(models.Model):
    name = models.CharField(max_length=80)


class Photo(models.Model):
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="photos_owned")
    name = models.CharField(max_length=80)
    shared_to = models.ManyToManyField(Person, related_name="photos_shared")

    def people(self):
        return [face.person.name for face in self.faces.filter(sure=True)]  # finding: DB-PERF-001 confidence: medium

    def joined(self):
        return [face.person.name for face in self.faces.select_related("person")]  # ok: joined; mutate: s/self.faces.select_related("person")/self.faces.order_by("id")/

    def seen_by(self):
        return [face.person.name for face in self.faces.all()]  # ok: a query brings them along; mutate: shop/views.py s/"photos__faces__person"/"photos"/


class Face(models.Model):
    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="faces")
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    sure = models.BooleanField(default=False)


class Album(models.Model):
    photos = models.ManyToManyField(Photo)
    shared_to = models.ManyToManyField(Person, related_name="albums")

    def names(self):
        found = []
        for photo in self.photos.all():
            for face in photo.faces.all():
                found.append(face.person.name)
        return found
