-- bronze customer → a Delta table at ${silver}/customer. Variables: bronze, silver, database, compression.
SET spark.sql.parquet.compression.codec = ${compression};
CREATE DATABASE IF NOT EXISTS ${database};
DROP TABLE IF EXISTS ${database}.customer;
CREATE TABLE ${database}.customer
USING delta
LOCATION '${silver}/customer'
AS SELECT * FROM parquet.`${bronze}/customer.parquet`;
