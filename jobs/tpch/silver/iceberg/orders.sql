-- bronze orders → an Iceberg table at ${silver}/orders. Variables: bronze, silver, database, catalog, compression.
CREATE DATABASE IF NOT EXISTS ${catalog}.${database};
DROP TABLE IF EXISTS ${catalog}.${database}.orders;
CREATE TABLE ${catalog}.${database}.orders
USING iceberg
TBLPROPERTIES ('write.parquet.compression-codec' = '${compression}')
LOCATION '${silver}/orders'
AS SELECT * FROM parquet.`${bronze}/orders.parquet`;
