from multiprocessing import cpu_count

bind = "0.0.0.0:80"
# ok: the container with few processors runs what others publish; mutate: k8s/others.yaml s#gcr.io/google_containers/defaultbackend:1.4#registry.example/shop/api:1#
workers = cpu_count() * 2
