from multiprocessing import cpu_count

bind = "0.0.0.0:80"
# ok: which of two images is built here nothing says; mutate: k8s/others.yaml s#quay.io/proxies/edge:2#registry.example/shop/api:1#
workers = cpu_count() * 2
