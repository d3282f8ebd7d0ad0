from django.db import models
from safedelete.models import SafeDeleteModel


class Folder(models.Model):
    parent = models.ForeignKey("Folder", on_delete=models.CASCADE, null=True)
    owner = models.ForeignKey("auth.User", on_delete=models.CASCADE)
    name = models.CharField(max_length=100)

    def document_count(self):
        return self.document_set.count()


class Document(SafeDeleteModel):
    folder = models.ForeignKey(Folder, on_delete=models.CASCADE)
    owner = models.ForeignKey("auth.User", on_delete=models.CASCADE)
    name = models.CharField(max_length=100)


class Note(models.Model):
    document = models.ForeignKey(Document, on_delete=models.CASCADE)
    text = models.TextField()
