import { ModelStatic, Op } from "sequelize";
import { User } from "./models";

interface UserServiceProps {
  repository: ModelStatic<User>;
}

export class UserService {
  private readonly repository: ModelStatic<User>;

  constructor({ repository }: UserServiceProps) {
    this.repository = repository;
  }

  findById(id: number) {
    return this.repository.findByPk(id);
  }

  findAllById(ids: number[]) {
    return this.repository.findAll({ where: { id: { [Op.in]: ids } } });
  }

  label(id: number) {
    return `user ${id}`;
  }
}
