class Bad(db.Model:
    id =