import { Controller, Req, Res } from '@nestjs/common';
import {
  getMe,
  login,
  logout,
  refresh,
  register,
  serverInfo,
  type Input,
  type Me,
  type Output,
  type SessionGrant,
} from '@tertulia/contract';
import type { Request, Response } from 'express';
import { By, In, Route } from '../../platform/http/route.js';
import type { Actor } from '../../shared/actor.js';
import { DescribeServer } from '../application/describe-server.js';
import { GetMe } from '../application/get-me.js';
import type { Granted } from '../application/grant-session.js';
import { LogIn } from '../application/log-in.js';
import { LogOut } from '../application/log-out.js';
import { RefreshSession } from '../application/refresh-session.js';
import { Register } from '../application/register.js';
import { addressOf, DeviceCookie } from './device-cookie.js';
import { RefreshCookie } from './refresh-cookie.js';

@Controller()
export class AuthController {
  constructor(
    private readonly describeServer: DescribeServer,
    private readonly registering: Register,
    private readonly loggingIn: LogIn,
    private readonly refreshing: RefreshSession,
    private readonly loggingOut: LogOut,
    private readonly me: GetMe,
    private readonly cookie: RefreshCookie,
    private readonly devices: DeviceCookie,
  ) {}

  @Route(serverInfo)
  async server(@Req() request: Request): Promise<Output<typeof serverInfo>> {
    return { ...(await this.describeServer.execute()), returning: this.cookie.read(request) !== undefined };
  }

  @Route(register)
  async register(
    @In() input: Input<typeof register>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionGrant> {
    return this.granted(response, await this.registering.execute(input, this.devices.deviceOf(request, response)));
  }

  @Route(login)
  async login(
    @In() input: Input<typeof login>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionGrant> {
    return this.granted(response, await this.loggingIn.execute(input, this.devices.deviceOf(request, response)));
  }

  @Route(refresh)
  async refresh(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<SessionGrant> {
    return this.granted(response, await this.refreshing.execute(this.cookie.read(request), addressOf(request)));
  }

  @Route(logout)
  async logout(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Record<string, never>> {
    await this.loggingOut.execute(this.cookie.read(request), addressOf(request));
    this.cookie.clear(response);
    return {};
  }

  @Route(getMe)
  getMe(@By() actor: Actor): Promise<Me> {
    return this.me.execute(actor);
  }

  private granted(response: Response, { grant, refreshToken }: Granted): SessionGrant {
    this.cookie.write(response, refreshToken);
    return grant;
  }
}
