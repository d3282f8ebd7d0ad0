module "shop" {
  source = "../modules/service"
  least  = 0
}
