import express from "express";
import { BaseEntity, Column, Entity, PrimaryGeneratedColumn } from "typeorm";

@Entity()
export class Customer extends BaseEntity {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  countryId: number;

  @Column()
  ownerId: number;
}

@Entity()
export class CustomerRole extends BaseEntity {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  roleId: number;
}

const app = express();

// finding: API-001 confidence: medium
app.get("/countries/:country/customers", async (req, res) => {
  res.json(await Customer.find({ where: { countryId: req.params.country, active: true } }));
});

// finding: API-001 confidence: low
app.get("/owners/:owner/customers", async (req, res) => {
  res.json(await Customer.find({ where: { ownerId: req.params.owner } }));
});

// finding: API-001 confidence: low
app.get("/owners/:owner/customers/:country", async (req, res) => {
  res.json(await Customer.find({ where: { ownerId: req.params.owner, countryId: req.params.country } }));
});

// ok: twenty; mutate: s/, take: 20//
app.get("/countries/:country/newest", async (req, res) => {
  res.json(await Customer.find({ where: { countryId: req.params.country }, take: 20 }));
});

app.listen(3000);
