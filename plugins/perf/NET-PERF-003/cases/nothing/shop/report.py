import csv

print(csv.list_dialects())
