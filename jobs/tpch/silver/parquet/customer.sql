-- bronze customer → a Parquet table at ${silver}/customer. Variables: bronze, silver, database, compression.
CREATE DATABASE IF NOT EXISTS ${database};
DROP TABLE IF EXISTS ${database}.customer;
CREATE TABLE ${database}.customer
USING parquet
OPTIONS (compression = '${compression}')
LOCATION '${silver}/customer'
AS SELECT * FROM parquet.`${bronze}/customer.parquet`;
