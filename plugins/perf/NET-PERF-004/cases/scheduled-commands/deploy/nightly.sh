#!/bin/sh
cd /srv/shop
python manage.py read_table
