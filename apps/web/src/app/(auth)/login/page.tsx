import { LoginForm } from '../../../features/session/login-form';

export default function LoginPage() {
  return <LoginForm />;
}
