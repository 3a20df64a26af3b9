"""The steps of the first hour, one module per thing that a user does."""
