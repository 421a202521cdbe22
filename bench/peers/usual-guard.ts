import { Controller, Get, Header, Module, UseGuards } from '@nestjs/common';
import { AuthGuard, PassportModule, PassportStrategy } from '@nestjs/passport';
import { InjectRepository, TypeOrmModule } from '@nestjs/typeorm';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { Column, Entity, PrimaryColumn, type Repository } from 'typeorm';
import type { PeerOptions } from './peer-options';

@Entity('bench_users')
class BenchUser {
  @PrimaryColumn('uuid')
  id: string;

  @Column('boolean')
  premium: boolean;
}

/** A premium route as the documentation of Nest shows it: passport-jwt with the key as text, and one lookup of the user. */
export function usualGuardModule({ chapter, databaseUrl, publicKey }: PeerOptions): object {
  class UsualStrategy extends PassportStrategy(Strategy, 'jwt') {
    constructor(@InjectRepository(BenchUser) private readonly users: Repository<BenchUser>) {
      super({
        jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
        secretOrKey: publicKey,
        algorithms: ['ES256'],
      });
    }

    async validate({ sub }: { sub: string }): Promise<BenchUser | undefined> {
      const user = await this.users.findOneBy({ id: sub });
      return user?.premium === true ? user : undefined;
    }
  }

  @Controller()
  class ChapterController {
    @Get('chapter')
    @UseGuards(AuthGuard('jwt'))
    @Header('content-type', 'application/json; charset=utf-8')
    chapter(): string {
      return chapter;
    }
  }

  @Module({
    imports: [
      PassportModule,
      TypeOrmModule.forRoot({ type: 'postgres', url: databaseUrl, entities: [BenchUser], synchronize: true }),
      TypeOrmModule.forFeature([BenchUser]),
    ],
    controllers: [ChapterController],
    providers: [UsualStrategy],
  })
  class UsualGuardModule {}
  return UsualGuardModule;
}
