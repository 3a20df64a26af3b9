-- bronze supplier → an Iceberg table at ${silver}/supplier. Variables: bronze, silver, database, catalog, compression.
CREATE DATABASE IF NOT EXISTS ${catalog}.${database};
DROP TABLE IF EXISTS ${catalog}.${database}.supplier;
CREATE TABLE ${catalog}.${database}.supplier
USING iceberg
TBLPROPERTIES ('write.parquet.compression-codec' = '${compression}')
LOCATION '${silver}/supplier'
AS SELECT * FROM parquet.`${bronze}/supplier.parquet`;
