CACHE = {}

def page(url)
  CACHE[url] ||= url
end
