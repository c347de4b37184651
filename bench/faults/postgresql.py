"""Databases of a PostgreSQL that may be filled and dropped: FAULTS_POSTGRESQL says where it is."""

import os
from urllib.parse import urlsplit

import psycopg


def address(name):
    """The address of a database of this name, as DATABASE_URL takes it."""
    return urlsplit(os.environ["FAULTS_POSTGRESQL"])._replace(path=f"/{name}").geturl()


def new(name):
    """An empty database of this name; one that is there is dropped first. Gives back its address."""
    with psycopg.connect(address("postgres"), autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name}")
    return address(name)
