-- bronze customer → an Iceberg table at ${silver}/customer. Variables: bronze, silver, database, catalog, compression.
CREATE DATABASE IF NOT EXISTS ${catalog}.${database};
DROP TABLE IF EXISTS ${catalog}.${database}.customer;
CREATE TABLE ${catalog}.${database}.customer
USING iceberg
TBLPROPERTIES ('write.parquet.compression-codec' = '${compression}')
LOCATION '${silver}/customer'
AS SELECT * FROM parquet.`${bronze}/customer.parquet`;
