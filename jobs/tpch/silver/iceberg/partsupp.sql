-- bronze partsupp → an Iceberg table at ${silver}/partsupp. Variables: bronze, silver, database, catalog, compression.
CREATE DATABASE IF NOT EXISTS ${catalog}.${database};
DROP TABLE IF EXISTS ${catalog}.${database}.partsupp;
CREATE TABLE ${catalog}.${database}.partsupp
USING iceberg
TBLPROPERTIES ('write.parquet.compression-codec' = '${compression}')
LOCATION '${silver}/partsupp'
AS SELECT * FROM parquet.`${bronze}/partsupp.parquet`;
