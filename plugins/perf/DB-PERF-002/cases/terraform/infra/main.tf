resource "google_firestore_index" "orders" {
  project    = var.project
  collection = "orders"

  fields {
    field_path = "shop"
    order      = "ASCENDING"
  }

  fields {
    field_path = "created_at"
    order      = "DESCENDING"
  }
}
