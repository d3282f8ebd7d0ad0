from flask import Flask, render_template

# ok: Apache compresses pages as Debian brings it; mutate: deploy/shop.conf s/apache2/httpd/; mutate: shop/data.py s/return number/return jsonify(number)/
app = Flask(__name__)


@app.route("/")
def orders():
    return render_template("orders.html")
