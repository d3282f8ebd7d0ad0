import { Op } from "sequelize";
import { Account, Mailing } from "./models";

export async function list(accountId: number, since?: Date) {
  const where = ((accountId, since) => {
    const where: any = { accountId };
    if (since) {
      where.createdAt = { [Op.gte]: since };
      return { ...where, done: true };
    }
    return where;
  })(accountId, since);
  return Mailing.findAndCountAll({ where: { [Op.and]: where }, limit: 20 });
}

export async function byKey(keyHash: string) {
  return Account.findOne({ where: { keyHash, validUntil: { [Op.gte]: new Date() } } });
}

export async function byMail(email: string) {
  return Account.findOne({ where: { email } });
}
